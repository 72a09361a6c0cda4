import type { KeepRules } from '../../engine/cleanup/items';
import { CAUTIOUS } from '../../engine/cleanup/plan';
import { record } from '../channel';

/** Rules of unknown shape: what is missing or no rule is as cautious as can be. */
export function readRules(value: unknown): KeepRules {
  const given = record(value);
  const flag = (name: 'inUse' | 'tagged' | 'named'): boolean => given[name] !== false;
  const count = (name: 'newerThan' | 'newestTags'): number => {
    const number = given[name];
    return typeof number === 'number' && number > 0 ? number : CAUTIOUS[name];
  };
  const { labels } = given;
  return {
    labels: Array.isArray(labels) ? labels.filter((label): label is string => typeof label === 'string') : [],
    newerThan: count('newerThan'),
    newestTags: count('newestTags'),
    inUse: flag('inUse'),
    tagged: flag('tagged'),
    named: flag('named'),
  };
}

/** Keys of unknown shape. */
export function readKeys(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter((key): key is string => typeof key === 'string') : []);
}
