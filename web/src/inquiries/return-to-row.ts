// Whoever comes back from an inquiry goes on at its row: the next press of j leads to the one after it.
import {type RefObject, useEffect} from 'react';

let opened: string | undefined;

/** An inquiry is shown: its row is where the list goes on. */
export function rememberRow(id: string): void {
  opened = id;
}

/** Focuses the row once its list is there, unless the focus is somewhere already. */
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
