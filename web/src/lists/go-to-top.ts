// Where new rows are: the page's beginning, with the focus on its heading, since what was pressed is often gone.
export function goToTop(): void {
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('h1')?.focus({preventScroll: true});
}
