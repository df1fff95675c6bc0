// Stacked bars, one a day, drawn as SVG. Whoever cannot see them has the table below.
import {Box, useMediaQuery, useTheme} from '@mui/material';
import {useLayoutEffect, useRef} from 'react';
import {useLocaleState, useTranslate} from 'react-admin';
import {type Count, formatCount, sumOf} from '../i18n/counts';
import {formatDay} from '../i18n/dates';
import {type DailyCounts, ofDay} from './daily-counts';

// Of the topics, by which people who see fewer colours can distinguish them too (after Okabe and Ito), each with a contrast
// of 3 to 1 and more against its background.
const COLORS = {
  light: ['#0b5cad', '#b35900', '#00755a', '#a3417d', '#5b5b5b', '#7a6a00', '#3d7ea6', '#8c2d19'],
  dark: ['#82bbff', '#f0a04b', '#4cc9a6', '#e79cc6', '#bdbdbd', '#e6d95a', '#8fd3f4', '#ff9d87'],
} as const;
const NONE: Count = {count: 0, isExact: true};
const HEIGHT = 240;
const STEP = {phone: 43, desktop: 84}; // seven of the first fit on 360 px
const BAR_SHARE = 0.65;
const AXIS_HEIGHT = 60;
const LABEL_HEIGHT = 20;

export function TopicChart({counts}: {counts: DailyCounts}) {
  const {days, byTopic} = counts;
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {palette, breakpoints} = useTheme();
  const step = STEP[useMediaQuery(breakpoints.up('md'), {noSsr: true}) ? 'desktop' : 'phone'];
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    frame.current?.scrollTo({left: frame.current.scrollWidth}); // today is what counts most; what it returns is no clean-up
  }, [days, step]);
  const colors = COLORS[palette.mode];
  const totals = days.map((_, day) => sumOf(ofDay(counts, day)));
  const most = Math.max(1, ...totals.map(({count}) => count));
  const toHeight = (count: number) => (count / most) * (HEIGHT - LABEL_HEIGHT);
  return (
    <>
      {/* The chart scrolls by itself when there are more days than fit; the page never does. */}
      <Box
        ref={frame}
        sx={{overflowX: 'auto'}}
        tabIndex={0}
        role="group"
        aria-label={translate('outreach.statistics.title')}
      >
        <svg
          role="img"
          aria-label={days.map((day, index) => labelOf(day, totals[index] ?? NONE)).join('; ')}
          width={days.length * step}
          height={HEIGHT + AXIS_HEIGHT}
          fontSize="12"
          fill={palette.text.primary}
          textAnchor="middle"
        >
          {days.map((day, index) => (
            <g key={day.toISOString()} transform={`translate(${index * step}, 0)`}>
              <Bar step={step} parts={ofDay(counts, index).map(({count}) => toHeight(count))} colors={colors} />
              <text x={step / 2} y={HEIGHT - toHeight((totals[index] ?? NONE).count) - 6}>
                {formatCount(totals[index] ?? NONE, locale)}
              </text>
              {formatDay(day, locale)
                .split(/,?\s+/)
                .map((line, row) => (
                  <text key={line} x={step / 2} y={HEIGHT + 16 + row * 16}>
                    {line}
                  </text>
                ))}
            </g>
          ))}
        </svg>
      </Box>
      <Box component="ul" role="list" sx={legend}>
        {byTopic.map(({topic}, index) => (
          <Box component="li" key={topic} sx={{display: 'flex', alignItems: 'center', gap: 0.75}}>
            <Box aria-hidden sx={{...swatch, bgcolor: colors[index % colors.length]}} />
            <span>{topic}</span>
          </Box>
        ))}
      </Box>
    </>
  );

  function labelOf(day: Date, total: Count): string {
    return translate('outreach.statistics.barLabel', {
      day: formatDay(day, locale),
      total: formatCount(total, locale),
    });
  }
}

function Bar({step, parts, colors}: {step: number; parts: number[]; colors: readonly string[]}) {
  const width = step * BAR_SHARE;
  let top = HEIGHT;
  return parts.map((height, index) => {
    top -= height;
    if (height === 0) return null;
    const gap = Math.min(1, height / 2); // separates neighbours whatever their colours
    return (
      <rect
        key={index}
        x={(step - width) / 2}
        y={top}
        width={width}
        height={height - gap}
        fill={colors[index % colors.length]}
      />
    );
  });
}

const swatch = {width: 14, height: 14, borderRadius: 0.5, forcedColorAdjust: 'none'} as const; // or all would look alike
const legend = {display: 'flex', flexWrap: 'wrap', gap: 2, listStyle: 'none', m: 0, mt: 1, p: 0};
