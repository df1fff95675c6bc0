// Binding keys of what the repositories are configured with.
import {BindingKey} from '@loopback/core';

export const RepositoryBindings = {
  /** How far a count counts (MAX_COUNTED); tests bind less. */
  COUNT_BOUND: BindingKey.create<number>('outreach.count-bound'),
} as const;
