import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { Pulled } from '../../engine/images';
import type { Progress } from '../../engine/streams/progress';
import { withProgress } from '../progress';
import { roughSize, TransferSizes } from './transfer';

/** One image under one progress with a cancel button. */
export function pullImage(engine: Engine, reference: string, platform?: string): Promise<Pulled> {
  const title =
    platform === undefined
      ? vscode.l10n.t('Pulling {0}', reference)
      : vscode.l10n.t('Pulling {0} for {1}', reference, platform);
  return withProgress(title, (signal, tell) => {
    const sizes = new TransferSizes();
    const onProgress = (progress: Progress): void =>
      tell({ message: pullText(progress, sizes.of(progress)), fraction: progress.fraction });
    return engine.images.pull(reference, platform === undefined ? {} : { platform }, onProgress, signal);
  });
}

/** `downloading 12 MB of 40 MB (3 MB/s, 9 s left)`; the engine's own last word while there is nothing to count. */
function pullText(
  { bytesPerSecond, secondsLeft, text }: Progress,
  sizes: { moved: number; total: number } | undefined,
): string {
  if (!sizes) return text;
  const { moved, total } = sizes;
  if (moved >= total) return vscode.l10n.t('extracting {0}', roughSize(total));
  const of = [roughSize(moved), roughSize(total)] as const;
  if (bytesPerSecond === undefined || secondsLeft === undefined) {
    return vscode.l10n.t('downloading {0} of {1}', ...of);
  }
  const speed = roughSize(bytesPerSecond);
  return vscode.l10n.t('downloading {0} of {1} ({2}/s, {3} s left)', ...of, speed, Math.ceil(secondsLeft));
}
