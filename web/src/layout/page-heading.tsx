// A page's heading, which also names the tab. It takes the focus when one comes from another page, so that a screen reader
// hears where it is.
import {Box, Typography} from '@mui/material';
import {type ReactNode, useEffect, useRef} from 'react';
import {useDocumentTitle} from './document-title';

let isFirstPage = true;

/** `title` names the tab where the heading does not, which may hold what a visitor has sent. */
type PageHeadingProps = {actions?: ReactNode} & (
  {children: string; title?: undefined} | {children: ReactNode; title: string}
);

export function PageHeading({title, children, actions}: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title === undefined ? children : title);
  useEffect(() => {
    if (!isFirstPage && !(document.activeElement instanceof HTMLInputElement)) heading.current?.focus();
    isFirstPage = false;
  }, []);
  return (
    <Box sx={{display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 2}}>
      <Typography ref={heading} component="h1" variant="h1" tabIndex={-1} sx={text}>
        {children}
      </Typography>
      {actions}
    </Box>
  );
}

/** For what had the focus and goes away, where nothing nearer takes its place. */
export function focusHeading(options?: FocusOptions): void {
  document.querySelector<HTMLElement>('h1')?.focus(options);
}

/** To the page's beginning, where new rows are, with the focus on its heading: what was pressed is often gone. */
export function goToTop(): void {
  scrollTo(0, 0);
  focusHeading({preventScroll: true});
}

// A visitor's letters may have thirty marks on top: they stay in their own line.
const text = {flexGrow: 1, minWidth: 0, outline: 'none', overflowY: 'clip'} as const;
