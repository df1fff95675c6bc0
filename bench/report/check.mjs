// Which targets a run has missed, a sentence each.
import {meets, TARGETS} from '../targets.mjs';
import {asSpread, exact} from './format.mjs';
import {figureOf} from './document.mjs';

/**
 * The scenario and a sentence of each target that was missed, among those whose scenario has run. With `quick` only what
 * a short run can show, with generous bounds.
 */
export function missedTargets(results, {quick}) {
  const looked = TARGETS.filter(target => results[target.scenario] && (!quick || target.quick !== undefined));
  return looked.flatMap(target => {
    const {key, scenario, what, unit, better} = target;
    const figure = figureOf(results, target);
    if (figure === undefined) return [{key, scenario, sentence: `missed: ${what} has no figure, though it ran`}];
    const {median} = asSpread(figure);
    const bound = quick ? target.quick : target.atLeast;
    if (meets(target, median, bound)) return [];
    const side = better === 'more' ? 'at least' : 'at most';
    return [{key, scenario, sentence: `missed: ${what} is ${exact(median)}${unit}, must be ${side} ${bound}${unit}`}];
  });
}
