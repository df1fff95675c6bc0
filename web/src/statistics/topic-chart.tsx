// Stacked bars, one a day, drawn as SVG. Whoever cannot see them has the table below.
import {Box, useTheme} from '@mui/material';
import {useLocaleState, useTranslate} from 'react-admin';
import {formatDay} from '../i18n/dates';
import {colorsOf} from './chart-colors';
import type {DailyCounts} from './statistics-page';

const HEIGHT = 240;
const BAR_STEP = 60;
const BAR_WIDTH = 40;
const AXIS_HEIGHT = 44;
const LABEL_HEIGHT = 20;

export function TopicChart({counts: {days, byTopic}}: {counts: DailyCounts}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const {palette} = useTheme();
  const colors = colorsOf(palette.mode);
  const totals = days.map((_, day) => byTopic.reduce((sum, {counts}) => sum + (counts[day] ?? 0), 0));
  const most = Math.max(1, ...totals);
  const toHeight = (count: number) => (count / most) * (HEIGHT - LABEL_HEIGHT);
  return (
    <>
      {/* The chart scrolls by itself when there are more days than fit; the page never does. */}
      <Box sx={{overflowX: 'auto'}} tabIndex={0} role="group" aria-label={translate('outreach.statistics.title')}>
        <svg
          role="img"
          aria-label={days.map((day, index) => labelOf(day, totals[index] ?? 0)).join('; ')}
          width={days.length * BAR_STEP}
          height={HEIGHT + AXIS_HEIGHT}
          fontSize="12"
          fill={palette.text.primary}
          textAnchor="middle"
        >
          {days.map((day, index) => (
            <g key={day.toISOString()} transform={`translate(${index * BAR_STEP}, 0)`}>
              <Bar parts={byTopic.map(({counts}) => toHeight(counts[index] ?? 0))} colors={colors} />
              <text x={BAR_STEP / 2} y={HEIGHT - toHeight(totals[index] ?? 0) - 6}>
                {totals[index]}
              </text>
              {formatDay(day, locale)
                .split(/,\s*/)
                .map((line, row) => (
                  <text key={line} x={BAR_STEP / 2} y={HEIGHT + 16 + row * 16}>
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
            <Box aria-hidden sx={{width: 14, height: 14, borderRadius: 0.5, bgcolor: colors[index % colors.length]}} />
            {topic}
          </Box>
        ))}
      </Box>
    </>
  );

  function labelOf(day: Date, total: number): string {
    return translate('outreach.statistics.barLabel', {day: formatDay(day, locale), total});
  }
}

function Bar({parts, colors}: {parts: number[]; colors: readonly string[]}) {
  let top = HEIGHT;
  return parts.map((height, index) => {
    top -= height;
    if (height === 0) return null;
    const gap = Math.min(1, height / 2); // tells neighbours apart whatever their colours
    return (
      <rect
        key={index}
        x={(BAR_STEP - BAR_WIDTH) / 2}
        y={top}
        width={BAR_WIDTH}
        height={height - gap}
        fill={colors[index % colors.length]}
      />
    );
  });
}

const legend = {display: 'flex', flexWrap: 'wrap', gap: 2, listStyle: 'none', m: 0, mt: 1, p: 0};
