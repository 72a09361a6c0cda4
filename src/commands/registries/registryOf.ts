import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import { parseRegistry, registryTitle, type RegistryAddress } from '../../engine/registry/address';
import { knownRegistries, type KnownRegistry } from '../../engine/registry/known';
import { familiarString, parseReference, withDefaultTag, type Reference } from '../../engine/run/reference';
import type { RegistryTarget } from '../../ids';
import type { Context } from '../deps';
import { addedRegistries } from './added';

/** The registries of the Registries view. */
export function allRegistries({ registries }: Context): Promise<readonly KnownRegistry[]> {
  return knownRegistries(addedRegistries(), registries.surroundings);
}

/** The registry a command was called for, or the one the user picks. */
export async function registryOf(
  context: Context,
  target: RegistryTarget | undefined,
  title: string,
  eligible: (one: KnownRegistry) => boolean = () => true,
): Promise<RegistryAddress> {
  const [node] = context.nodes;
  const given = target?.address ?? target?.id;
  if (given !== undefined) return parseRegistry(given);
  if (node?.kind === 'registry') return parseRegistry(node.id);
  if (node && 'registry' in node) return parseRegistry(node.registry);
  if (!context.fromUi) throw new EngineError('invalid', sentence('The option "{0}" is missing.', 'address'));
  const all = (await allRegistries(context)).filter(eligible);
  const items = all.map((one) => ({
    label: one.host === one.address ? registryTitle(one.host) : one.address,
    description: one.user || (one.loggedIn ? vscode.l10n.t('logged in') : ''),
    one,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no such registry.'));
    throw cancelled();
  }
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (!chosen) throw cancelled();
  return chosen.one;
}

/** The tag a command was called for: the row's, or the one that is named; `latest` where it has none. */
export async function tagOf(
  context: Context,
  target: RegistryTarget | undefined,
  title: string,
): Promise<{ reference: string; parsed: Reference }> {
  const [node] = context.nodes;
  const row = node?.kind === 'registryTag' ? node.id : undefined;
  let given = target?.reference ?? target?.id ?? row;
  if (given === undefined && !context.fromUi)
    throw new EngineError('invalid', sentence('The option "{0}" is missing.', 'reference'));
  given ??= await vscode.window.showInputBox({ title, placeHolder: 'registry.example.com/team/app:1.0' });
  if (given === undefined) throw cancelled();
  const parsed = withDefaultTag(parseReference(given));
  return { reference: familiarString(parsed), parsed };
}
