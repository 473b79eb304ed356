import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderWith, makePipe } from '../../test/folder.ts';
import { findPolicyFiles } from './policies.ts';

const role = 'Resources: { R: { Type: AWS::IAM::Role } }\n';

function paths(root: string): string[] {
  return findPolicyFiles(root, { cwd: root }).files.map(({ path }) => path);
}

describe('findPolicyFiles', () => {
  it('takes files by their name and a word in them, in code unit order', () => {
    const root = folderWith({
      'z.yaml': role,
      'a/b/c.template': role,
      'cdk.out/Shop.template.json': '{"Resources": {"R": {"Type": "AWS::IAM::Role"}}}',
      'trust.json': '{"Action": "sts:AssumeRoleWithWebIdentity"}',
      'package.json': '{"name": "shop"}',
      'notes.md': role,
      'compose.yml': 'services: {}\n',
    });
    expect(paths(root)).toEqual([
      'a/b/c.template',
      'cdk.out/Shop.template.json',
      'trust.json',
      'z.yaml',
    ]);
  });

  it('leaves out workflows, installed code and git', () => {
    const root = folderWith({
      '.github/workflows/deploy.yml': '# AWS::IAM::Role\n',
      '.github/policies/deploy.yml': role,
      'node_modules/a/role.yml': role,
      'vendor/role.yml': role,
      '.terraform/modules/x/main.tf': 'resource "aws_iam_role" "x" {}\n',
      '.git/role.yml': role,
    });
    expect(paths(root)).toEqual(['.github/policies/deploy.yml']);
  });

  it('brings the whole Terraform folder of a role, and no other', () => {
    const root = folderWith({
      'iam/main.tf': 'resource "aws_iam_role" "x" {}\n',
      'iam/locals.tf': 'locals { a = 1 }\n',
      'iam/more.tf.json': '{"locals": {"b": 2}}',
      'network/main.tf': 'resource "aws_vpc" "x" {}\n',
      'calls/main.tf': 'module "role" {\n  source = "../iam"\n}\n',
    });
    expect(paths(root)).toEqual([
      'calls/main.tf',
      'iam/locals.tf',
      'iam/main.tf',
      'iam/more.tf.json',
    ]);
  });

  it('says what it cannot read', () => {
    const root = folderWith({
      'large.json': ' '.repeat(100),
      'bytes.yaml': new Uint8Array([0xff, 0xfe, 0x00]),
    });
    makePipe(join(root, 'pipe.yaml'));
    const { files, unreadable } = findPolicyFiles(root, { cwd: root, maxFileSize: 50 });
    expect(files).toEqual([]);
    expect(unreadable.map(({ path, reason }) => [path, reason])).toEqual([
      ['bytes.yaml', 'not-utf8'],
      ['large.json', 'too-large'],
      ['pipe.yaml', 'not-a-file'],
    ]);
  });

  it('follows links to files inside the folder only, and never links to folders', () => {
    const outside = folderWith({ 'secret.yaml': role, 'folder/role.yaml': role });
    const root = folderWith({ 'real/role.yaml': role });
    symlinkSync('real/role.yaml', join(root, 'link.yaml'));
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'out.yaml'));
    symlinkSync(join(outside, 'folder'), join(root, 'folder'));
    symlinkSync('loop.yaml', join(root, 'loop.yaml'));
    const { files, unreadable } = findPolicyFiles(root, { cwd: root });
    expect(files.map(({ path }) => path)).toEqual(['link.yaml', 'real/role.yaml']);
    expect(unreadable.map(({ path }) => path)).toEqual(['loop.yaml', 'out.yaml']);
  });

  it('ends at a depth and says so', () => {
    const root = folderWith();
    const deep = join(root, ...Array.from({ length: 18 }, () => 'd'));
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, 'role.yaml'), role);
    const { files, notes } = findPolicyFiles(root, { cwd: root });
    expect(files).toEqual([]);
    expect(notes.map(({ reason }) => reason)).toEqual(['not searched: it lies too deep']);
  });
});
