// The Link header of a list (RFC 8288): the same query, with the cursor of the next page.

/** A relative link: outreach does not know under which address a proxy shows it. The total is not counted again. */
export function nextPageLink(target: string, cursor: string): string {
  const [path = '', ...search] = target.split('?'); // a question mark may be part of the query
  const parameters = new URLSearchParams(search.join('?'));
  parameters.delete('total');
  parameters.set('cursor', cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
