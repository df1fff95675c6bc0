// What the list and the page of an inquiry know of each other: which row one comes back to, and which come before and after.
import {type RefObject, useEffect} from 'react';

let opened: string | undefined;
let order: readonly string[] = [];

/** An inquiry is shown: its row is where the list goes on. */
export function rememberRow(id: string): void {
  opened = id;
}

/** The list as it shows; an inquiry's page goes through it, whatever has changed since. */
export function useRememberedOrder(ids: readonly string[]): void {
  useEffect(() => void (order = ids));
}

/** The inquiry so many rows further on; undefined beyond the ends of the page, and for one that is in no list. */
export function neighbourOf(id: string, step: 1 | -1): string | undefined {
  const index = order.indexOf(id);
  return index === -1 ? undefined : order[index + step];
}

/**
 * Focuses the row once its list is there, unless the focus is somewhere already: the next press of j leads to the one after
 * it.
 */
export function useReturnToRow(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const id = opened;
    opened = undefined;
    const {activeElement} = document;
    const isFree = activeElement === null || activeElement === document.body || activeElement.matches('h1');
    if (id === undefined || !isFree) return;
    list.current?.querySelector<HTMLElement>(`li[data-id="${CSS.escape(id)}"] a`)?.focus();
  }, [list]);
}
