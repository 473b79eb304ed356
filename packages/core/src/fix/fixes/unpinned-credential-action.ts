import { trailingComment } from '../../text/layout.ts';
import { replaceValue } from '../../text/map-edit.ts';
import { fileOf } from '../../workflow/model.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/**
 * The commits of releases of aws-actions/configure-aws-credentials, as public workflows pin them.
 * The last of a major version stands for its moving tag too, but only when asked for.
 */
const releases: readonly (readonly [string, string])[] = [
  ['v2.2.0', '5fd3084fc36e372ff1fff382a39b10d03659f355'],
  ['v4.0.2', 'e3dd6a429d7300a6a4c196c26e071d42e0343502'],
  ['v4.1.0', 'ececac1a45f3b08a01d2dd070d28d111c5fe6722'],
  ['v4.3.1', '7474bc4690e29a8392af63c5b98e7449536d5c3a'],
  ['v5.1.0', '00943011d9042930efac3dcd3a170e4273319bc8'],
  ['v5.1.1', '61815dcd50bd041e203e49132bacad1fd04d2708'],
  ['v6.1.0', 'ec61189d14ec14c8efccab744f656cffd0e33f37'],
];

/** Pins configure-aws-credentials to the commit of its tag. */
export const fix: Fixer = (finding) => {
  const { step } = finding.subject;
  const match = /^(aws-actions\/configure-aws-credentials)@(v\d+(?:\.\d+\.\d+)?)$/.exec(
    step?.uses?.value ?? '',
  );
  if (!step?.uses || !match?.[1] || !match[2])
    return { refused: 'look up the commit of the release and pin it' };
  const [, action, tag] = match;
  const exact = releases.find(([version]) => version === tag);
  const found = exact ?? releases.findLast(([version]) => version.startsWith(`${tag}.`));
  if (!found) return { refused: `the commit of "${tag}" is not known here` };
  const { text } = fileOf(step);
  const note = trailingComment(text, step.uses.node.end) || step.node.flow ? '' : ` # ${found[0]}`;
  const set = new EditSet();
  set.add(fileOf(step), replaceValue(text, step.uses.node, `${action}@${found[1]}${note}`));
  return {
    title: `pin the action to the commit of ${found[0]}`,
    safe: exact !== undefined,
    edits: set.edits,
    ...(exact ? {} : { reason: `"${tag}" moves; ${found[0]} may not be what it points to today` }),
  };
};
