// Which operations of a controller, route or OpenAPI document would not be served, since outreach has a route there; and
// which of outreach's own have no row in the access table, or no controller.
import {type Binding, type Constructor, CoreBindings} from '@loopback/core';
import {getControllerSpec, type PathObject, RestBindings, RestTags} from '@loopback/rest';
import {ROUTE_ACCESS} from '../../access/policy';
import {type DeclaredOperation, findOperation} from '../server/operation';
import {PROBES} from '../server/request-scheduler';
import type {OutreachRestServer} from '../server/rest-server';

/** Where a binding is looked at, and what of outreach's it has replaced. */
export interface Surroundings {
  server: OutreachRestServer;
  replaced: Readonly<Binding> | undefined;
}

/** What is wrong with a controller and what to do; undefined when all of its operations are served. */
export function refusedController(
  {key, valueConstructor: bound}: Readonly<Binding>,
  {server, replaced}: Surroundings,
): string | undefined {
  if (!bound) return 'a controller is bound to its class (app.controller), and to nothing else';
  if (replaced && !isA(bound, replaced.valueConstructor)) {
    return "it takes the place of outreach's controller of that name: give it another, or extend that class";
  }
  const advices = operationsOfController(bound).flatMap(operation => {
    const found = conflicting(operation, server);
    if (!found || isIgnored(found, bound)) return [];
    const {name} = found.controller;
    if (!isA(bound, found.controller)) return takenBy(operation, found);
    if (key === keyOf(found)) return [];
    return `${nameOf(operation)} is served from controllers.${name}: add the class as app.controller(${bound.name}, '${name}')`;
  });
  return advices.length === 0 ? undefined : advices.join('; ');
}

/** What is wrong with a route of `app.route` or `app.redirect`. */
export function refusedRoute({tagMap}: Readonly<Binding>, {server}: Surroundings): string | undefined {
  const operation = {verb: String(tagMap[RestTags.ROUTE_VERB]), path: String(tagMap[RestTags.ROUTE_PATH])};
  const found = conflicting(operation, server);
  return found && takenBy(operation, found);
}

/** What is wrong with a document of `app.api`. */
export function refusedSpec(_binding: Readonly<Binding>, {server}: Surroundings): string | undefined {
  const {paths} = server.getSync(RestBindings.API_SPEC); // as LoopBack reads it
  const advices = operationsOf(paths).flatMap(operation => {
    const found = conflicting(operation, server);
    return found ? takenBy(operation, found) : [];
  });
  return advices.length === 0 ? undefined : advices.join('; ');
}

/** Probes of a consumer's controller, which outreach answers itself. */
export function ignoredProbes(key: string, bound: Constructor<unknown>): string[] {
  return operationsOfController(bound).flatMap(operation => {
    const found = findOperation(operation);
    return found && key !== keyOf(found) && isIgnored(found, bound) ? nameOf(operation) : [];
  });
}

/** Operations of outreach's controllers that are not in the access table, so that nobody has said who may call them. */
export function unlistedOperations(controllers: readonly Readonly<Binding>[]): string[] {
  const bound = controllers.flatMap(({valueConstructor}) => valueConstructor ?? []);
  return bound.flatMap(controller =>
    operationsOfController(controller).flatMap(operation => {
      const isListed = findOperation(operation) && Object.hasOwn(ROUTE_ACCESS, nameOf(operation));
      return isListed ? [] : `${nameOf(operation)} (${controller.name})`;
    }),
  );
}

/** Rows of the access table that no controller answers: none that declares the route is bound under its own name. */
export function unservedRoutes({routes}: OutreachRestServer): string[] {
  return Object.keys(ROUTE_ACCESS).filter(key => {
    const [verb = '', path = ''] = key.split(' ');
    return routes.findOwnOf(verb, path)?.key !== key;
  });
}

interface Operation {
  verb: string;
  path: string;
}

// Balancers rely on outreach's probes: they know PostgreSQL and a drain. Of a class that extends ours they are its own.
function isIgnored({key, controller}: DeclaredOperation, bound: Constructor<unknown>): boolean {
  return PROBES.has(key.split(' ')[1] ?? '') && !isA(bound, controller);
}

// The same path, or one with variables that match the same requests. A fixed path comes before a variable one of ours.
function conflicting({verb, path}: Operation, server: OutreachRestServer): DeclaredOperation | undefined {
  if (!path.includes('{')) return findOperation({verb, path});
  const url = path.replace(/\{[^}]*\}/g, 'any');
  return findOperation({verb, path}) ?? server.routes.findOwnOf(verb.toUpperCase(), url)?.operation;
}

function takenBy(operation: Operation, {key, controller}: DeclaredOperation): string {
  return `${nameOf(operation)} is served by ${controller.name} (${key}): choose another path, or extend that class`;
}

function keyOf({controller}: DeclaredOperation): string {
  return `${CoreBindings.CONTROLLERS}.${controller.name}`;
}

function nameOf({verb, path}: Operation): string {
  return `${verb.toUpperCase()} ${path}`;
}

function operationsOfController(bound: Constructor<unknown>): Operation[] {
  const {basePath = '', paths} = getControllerSpec(bound);
  return operationsOf(paths, basePath);
}

function operationsOf(paths: PathObject, basePath = ''): Operation[] {
  const prefix = basePath.replace(/\/$/, '');
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item as object).map(verb => ({verb, path: prefix + path})),
  );
}

function isA(bound: Constructor<unknown>, expected: Constructor<unknown> | undefined): boolean {
  return expected !== undefined && (bound === expected || bound.prototype instanceof expected);
}
