import * as vscode from 'vscode';
import { collectOutput } from '../../engine/streams/collect';
import { serviceLogTerminal } from '../../terminals/serviceLogTerminal';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { openTerminal } from '../terminal';
import { serviceId } from './onServices';
import { servicesOf } from './targets';

/** Lines of the past that a terminal begins with. */
const TAIL = 1000;

export const logs: Handler<'quayside.swarm.services.logs'> = async (context, target, options = {}) => {
  const refs = await servicesOf(context, target, {
    title: vscode.l10n.t('Show the logs of which services?'),
  });
  const { show, tail, since, timestamps = false } = options;
  const asked = {
    timestamps,
    ...(tail === undefined ? {} : { tail }),
    ...(since === undefined ? {} : { since: String(since) }),
  };
  if (show === false)
    return answerEach(target, refs, async ({ engine, id }) => {
      const { stdout, stderr } = await collectOutput(engine.swarm.services.logs(id, asked));
      return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
    });
  const services = await Promise.all(refs.map(async (ref) => ({ ...ref, id: await serviceId(ref) })));
  for (const service of services)
    openTerminal(serviceLogTerminal(service.engine, service, { tail: TAIL, ...asked }));
  return undefined;
};
