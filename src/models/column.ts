// What the models of all tables have in common.
import type {Entity} from '@loopback/repository';

/** The column of a property and its type; named by hand, since the connector would write the property's name in lower case. */
export const column = (columnName: string, dataType: string) => ({postgresql: {columnName, dataType}});

/** The properties of an entity, without its methods: what a statement of our own gives. */
export type Row<T extends Entity> = Omit<T, keyof Entity>;
