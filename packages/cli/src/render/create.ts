import { styleFor, wantsColor, type ColorMode } from '../terminal/color.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Format, Renderer } from './renderer.ts';

/** What decides how a report looks. */
export interface RenderOptions {
  readonly format: Format;
  readonly color: ColorMode;
  /** Whether the report goes to a file: then the terminal says nothing about it. */
  readonly toFile: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Width for everything that is no terminal: logs wrap where they like. */
const defaultColumns = 160;

/** Loads the renderer of a format; the others cost nothing. */
export async function createRenderer(
  options: RenderOptions,
  { stdout, env }: Terminal,
): Promise<Renderer> {
  switch (options.format) {
    case 'text': {
      const { textRenderer } = await import('./text/text.ts');
      const isTTY = !options.toFile && stdout.isTTY === true;
      const color = options.toFile
        ? options.color === 'always'
        : wantsColor(options.color, env, isTTY);
      const columns = isTTY ? Math.max(60, stdout.columns ?? 80) : defaultColumns;
      return textRenderer({
        style: styleFor(color, isTTY),
        columns,
        quiet: options.quiet,
        verbose: options.verbose,
      });
    }
    case 'json':
      return (await import('./json.ts')).jsonRenderer();
    case 'sarif':
      return (await import('./sarif.ts')).sarifRenderer();
    case 'github':
      return (await import('./github.ts')).githubRenderer();
    case 'markdown':
      return (await import('./markdown.ts')).markdownRenderer();
  }
}
