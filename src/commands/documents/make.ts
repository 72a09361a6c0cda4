import type { Uri } from 'vscode';
import type { ContextOptions } from '../../engine/build/options';
import type { Engines } from '../../engine/engines';
import { EngineError, sentence } from '../../engine/errors';
import { describe, readFacts } from '../engines/facts';
import { exitReport } from './exitReport';
import { pretty } from './pretty';
import type { Subject } from './show';
import { changesTable, historyTable, processTable, usageTable } from './tables';

type Maker = (subject: Subject, engines: Engines) => Promise<string>;

const MAKERS: Readonly<Record<Subject['kind'], Maker>> = {
  container: async ({ engine, id }, engines) => pretty(await engines.get(engine).containers.inspect(id)),
  image: async ({ engine, id }, engines) => pretty(await engines.get(engine).images.inspect(id)),
  engine: async ({ engine }, engines) => {
    const found = engines.get(engine);
    return describe(await readFacts(found), found.endpoint?.host);
  },
  top: async ({ engine, id, args }, engines) =>
    processTable(await engines.get(engine).containers.top(id, args === undefined ? {} : { args })),
  history: async ({ engine, id }, engines) => historyTable(await engines.get(engine).images.history(id)),
  volume: async ({ engine, id }, engines) => pretty(await engines.get(engine).volumes.inspect(id)),
  network: async ({ engine, id }, engines) => pretty(await engines.get(engine).networks.inspect(id)),
  service: async ({ engine, id }, engines) => pretty(await engines.get(engine).swarm.services.inspect(id)),
  swarmNode: async ({ engine, id }, engines) => pretty(await engines.get(engine).swarm.nodes.inspect(id)),
  diskUsage: async ({ engine }, engines) => usageTable(await engines.get(engine).system.diskUsage()),
  exit: async ({ engine, id }, engines) => exitReport(engines.get(engine), id),
  buildContext: async ({ id }) => {
    const options = JSON.parse(id) as ContextOptions;
    const { contextReport, contextSummary } = await import('../build/contextReport');
    return contextReport(options, await contextSummary(options));
  },
  changes: async ({ engine, id }, engines) => changesTable(await engines.get(engine).files.diff(id)),
};

/** The text of a document, by its address alone: one that was left open is made again after a restart. */
export function makeDocument(engines: Engines, uri: Uri): Promise<string> {
  const subject = JSON.parse(uri.query) as Subject;
  if (Object.hasOwn(MAKERS, subject.kind)) return MAKERS[subject.kind](subject, engines);
  throw new EngineError(
    'invalid',
    sentence('This document cannot be shown: its address is not one of ours.'),
  );
}
