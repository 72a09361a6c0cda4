import * as vscode from 'vscode';
import type { Context, Handler } from '../deps';
import { checkRunSpec } from '../../engine/run/validate';
import { runAsked } from './runAsked';
import { runSpec } from './runSpec';
import type { ImageRef } from '../ref';
import { imagesOf, only } from '../target';
import type { Target } from '../../ids';

/** As `containers.run`, of an image that is there. */
export const runImage: Handler<'quayside.images.run'> = async (context, target, options) => {
  const { engine, id } = await which(context, target);
  if (context.fromUi && options === undefined) return runAsked(context, engine, id);
  return runSpec(context, engine, checkRunSpec({ ...options, image: id }));
};

/** The same with a terminal, removed when it ends. */
export const runInteractive: Handler<'quayside.images.runInteractive'> = async (context, target) => {
  const { engine, id } = await which(context, target);
  if (context.fromUi) return runAsked(context, engine, id, '-it --rm');
  return runSpec(context, engine, { image: id, interactive: true, tty: true, remove: true });
};

async function which(context: Context, target: Target): Promise<ImageRef> {
  return only(
    await imagesOf(context, target, {
      title: vscode.l10n.t('Run which image?'),
      none: vscode.l10n.t('There is no image. Pull one first.'),
      single: true,
    }),
  );
}
