import assert from 'node:assert/strict';
import { extensions } from 'vscode';

suite('activation', () => {
  test('the extension activates and hands out its API', async () => {
    const extension = extensions.getExtension<object>('quayside.quayside');
    assert.ok(extension, 'Quayside is installed');
    const api = await extension.activate();
    assert.ok(extension.isActive);
    assert.equal(typeof api, 'object');
  });
});
