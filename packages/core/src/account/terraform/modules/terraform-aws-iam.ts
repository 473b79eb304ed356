/**
 * `terraform-aws-modules/iam` version 5, sub-module `iam-github-oidc-role` (its main.tf): subjects with
 * StringLike, `aud` and `iss` with `ForAllValues:StringEquals`, which is true where the claim is absent.
 */
export const githubOidcRole: string = `
variable "name" { default = null }
variable "name_prefix" { default = null }
variable "path" { default = "/" }
variable "subjects" { default = [] }
variable "audience" { default = "sts.amazonaws.com" }
variable "provider_url" { default = "token.actions.githubusercontent.com" }
variable "policies" { default = {} }
variable "permissions_boundary_arn" { default = null }
variable "max_session_duration" { default = null }
variable "create" { default = true }
locals {
  provider = replace(var.provider_url, "https://", "")
}
resource "aws_iam_role" "this" {
  count                = var.create ? 1 : 0
  name                 = var.name
  name_prefix          = var.name_prefix
  path                 = var.path
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = data.aws_iam_policy_document.this.json
}
data "aws_iam_policy_document" "this" {
  statement {
    sid     = "GithubOidcAuth"
    actions = ["sts:TagSession", "sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${data.aws_caller_identity.current.account_id}:oidc-provider/\${local.provider}"]
    }
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "token.actions.githubusercontent.com:iss"
      values   = ["http://token.actions.githubusercontent.com"]
    }
    condition {
      test     = "ForAllValues:StringEquals"
      variable = "\${local.provider}:aud"
      values   = [var.audience]
    }
    condition {
      test     = "StringLike"
      variable = "\${local.provider}:sub"
      values   = [for subject in var.subjects : "repo:\${trimprefix(subject, "repo:")}"]
    }
  }
}
resource "aws_iam_role_policy_attachment" "this" {
  for_each   = var.policies
  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}
`;

/**
 * `terraform-aws-modules/iam` version 6, sub-module `iam-role` (its main.tf): both lists of subjects can
 * be empty, and then no condition names `sub`. Trust of Bitbucket, SAML and the generic statements are
 * left open as one statement that is not resolved.
 */
export const iamRole: string = `
variable "name" { default = null }
variable "use_name_prefix" { default = true }
variable "path" { default = null }
variable "create" { default = true }
variable "max_session_duration" { default = null }
variable "permissions_boundary" { default = null }
variable "policies" { default = {} }
variable "trust_policy_permissions" { default = null }
variable "trust_policy_conditions" { default = [] }
variable "source_trust_policy_documents" { default = [] }
variable "override_trust_policy_documents" { default = [] }
variable "enable_oidc" { default = false }
variable "oidc_account_id" { default = null }
variable "oidc_provider_urls" { default = [] }
variable "oidc_subjects" { default = [] }
variable "oidc_wildcard_subjects" { default = [] }
variable "oidc_audiences" { default = [] }
variable "enable_github_oidc" { default = false }
variable "github_provider" { default = "token.actions.githubusercontent.com" }
variable "enable_bitbucket_oidc" { default = false }
variable "enable_saml" { default = false }
variable "create_inline_policy" { default = false }
locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  providers = [for url in var.oidc_provider_urls : replace(url, "https://", "")]
  actions   = ["sts:TagSession", "sts:AssumeRoleWithWebIdentity"]
}
resource "aws_iam_role" "this" {
  count                = var.create ? 1 : 0
  name                 = var.use_name_prefix ? null : var.name
  name_prefix          = var.use_name_prefix ? "\${var.name}-" : null
  path                 = var.path
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.this.json
}
data "aws_iam_policy_document" "this" {
  source_policy_documents   = var.source_trust_policy_documents
  override_policy_documents = var.override_trust_policy_documents
  dynamic "statement" {
    for_each = var.enable_oidc ? local.providers : []
    content {
      actions = local.actions
      principals {
        type        = "Federated"
        identifiers = ["arn:\${local.partition}:iam::\${var.oidc_account_id == null ? local.account : var.oidc_account_id}:oidc-provider/\${statement.value}"]
      }
      dynamic "condition" {
        for_each = length(var.oidc_subjects) > 0 ? [1] : []
        content {
          test     = "StringEquals"
          variable = "\${statement.value}:sub"
          values   = var.oidc_subjects
        }
      }
      dynamic "condition" {
        for_each = length(var.oidc_wildcard_subjects) > 0 ? [1] : []
        content {
          test     = "StringLike"
          variable = "\${statement.value}:sub"
          values   = var.oidc_wildcard_subjects
        }
      }
      dynamic "condition" {
        for_each = length(var.oidc_audiences) > 0 ? [1] : []
        content {
          test     = "StringEquals"
          variable = "\${statement.value}:aud"
          values   = var.oidc_audiences
        }
      }
      dynamic "condition" {
        for_each = var.trust_policy_conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
  dynamic "statement" {
    for_each = var.enable_github_oidc ? [1] : []
    content {
      sid     = "GithubOidcAuth"
      actions = local.actions
      principals {
        type        = "Federated"
        identifiers = ["arn:\${local.partition}:iam::\${local.account}:oidc-provider/\${var.github_provider}"]
      }
      condition {
        test     = "ForAllValues:StringEquals"
        variable = "\${var.github_provider}:iss"
        values   = ["https://\${var.github_provider}"]
      }
      condition {
        test     = "ForAllValues:StringEquals"
        variable = "\${var.github_provider}:aud"
        values   = length(var.oidc_audiences) > 0 ? var.oidc_audiences : ["sts.amazonaws.com"]
      }
      dynamic "condition" {
        for_each = length(var.oidc_subjects) > 0 ? [1] : []
        content {
          test     = "StringEquals"
          variable = "\${var.github_provider}:sub"
          values   = [for subject in var.oidc_subjects : "repo:\${trimprefix(subject, "repo:")}"]
        }
      }
      dynamic "condition" {
        for_each = length(var.oidc_wildcard_subjects) > 0 ? [1] : []
        content {
          test     = "StringLike"
          variable = "\${var.github_provider}:sub"
          values   = [for subject in var.oidc_wildcard_subjects : "repo:\${trimprefix(subject, "repo:")}"]
        }
      }
      dynamic "condition" {
        for_each = var.trust_policy_conditions
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
  dynamic "statement" {
    for_each = var.enable_bitbucket_oidc || var.enable_saml || var.trust_policy_permissions != null ? local.other_trust : []
    content {}
  }
}
resource "aws_iam_role_policy_attachment" "this" {
  for_each   = var.policies
  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}
resource "aws_iam_role_policy" "inline" {
  count  = var.create_inline_policy ? 1 : 0
  role   = aws_iam_role.this[0].name
  name   = "inline"
  policy = local.inline_policy
}
`;
