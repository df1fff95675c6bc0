// Which operations of a controller or of an OpenAPI document would be published and not served: a request is answered by
// the class that declares its route with @endpoint, from the binding `controllers.<class>`, and by nothing else.
import {type Binding, type Constructor} from '@loopback/core';
import {getControllerSpec, type PathObject, RestBindings} from '@loopback/rest';
import {findEndpoint} from './endpoint';
import type {OutreachRestServer} from './rest-server';

/** Where a binding is looked at, and what of outreach's it has replaced. */
export interface Surroundings {
  server: OutreachRestServer;
  replaced: Readonly<Binding> | undefined;
}

/** What is wrong with a controller and what to do; undefined when all of its operations are served. */
export function unservedController(
  {key, valueConstructor: bound}: Readonly<Binding>,
  {replaced}: Surroundings,
): string | undefined {
  if (!bound) return 'a controller is bound to its class (app.controller), and to nothing else';
  if (replaced && !isA(bound, replaced.valueConstructor)) {
    return "it takes the place of outreach's controller of that name: remove it, or extend that class";
  }
  const {basePath = '', paths} = getControllerSpec(bound);
  const operations = operationsOf(paths, basePath).map(operation => ({...operation, found: findEndpoint(operation)}));
  const undeclared = operations.filter(({found}) => !found).map(nameOf);
  const elsewhere = operations.flatMap(({found, ...operation}) => {
    if (!found || (isA(bound, found.controller) && key === `controllers.${found.controller.name}`)) return [];
    const {name} = found.controller;
    return isA(bound, found.controller)
      ? `${nameOf(operation)} is served from controllers.${name}: add the class as app.controller(${bound.name}, '${name}')`
      : `${nameOf(operation)} is served by ${name}: remove it, or extend that class`;
  });
  if (undeclared.length > 0)
    elsewhere.unshift(`not served, since not declared with @endpoint: ${undeclared.join(', ')}`);
  return elsewhere.length === 0 ? undefined : elsewhere.join('; ');
}

/** What is wrong with a document of `app.api` and what to do; undefined when it has no operations. */
export function unservedSpec(_binding: Readonly<Binding>, {server}: Surroundings): string | undefined {
  const {paths} = server.getSync(RestBindings.API_SPEC); // as LoopBack reads it
  const operations = operationsOf(paths).map(nameOf);
  if (operations.length === 0) return undefined;
  return `${operations.join(', ')}: declare routes with @endpoint, and leave the paths of the document empty`;
}

interface Operation {
  verb: string;
  path: string;
}

function nameOf({verb, path}: Operation): string {
  return `${verb.toUpperCase()} ${path}`;
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
