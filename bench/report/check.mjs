// Which targets a run has missed, a sentence each.
import {meets, TARGETS} from '../targets.mjs';
import {asSpread, exact} from './format.mjs';
import {figureOf} from './document.mjs';

// A short run on a shared machine: medians of it were seen a third off, and times half. What falls this far short is slower.
const QUICK_MARGINS = {more: 0.6, less: 0.5};

/**
 * The scenario and a sentence of each target that was missed. With `quick` only ratios that a short run can tell, with
 * generous margins.
 */
export function missedTargets(results, {quick}) {
  return TARGETS.filter(target => !quick || target.quick).flatMap(target => {
    const figure = figureOf(results, target);
    if (figure === undefined) return [];
    const {median} = asSpread(figure);
    const margin = quick ? QUICK_MARGINS[target.better] : 1;
    if (meets(target, median, target.atLeast, margin)) return [];
    const allowed = exact(target.better === 'more' ? target.atLeast * margin : target.atLeast / margin);
    const side = target.better === 'more' ? 'at least' : 'at most';
    const sentence = `missed: ${target.what} is ${exact(median)}${target.unit}, must be ${side} ${allowed}${target.unit}`;
    return [{key: target.key, scenario: target.scenario, sentence}];
  });
}
