/**
 * `philips-labs/github-oidc/aws` (its main.tf, read at 2025-02): `default_conditions` choose what is
 * tested; `["deny_pull_request"]` alone leaves nothing but `StringNotLike`. The issuer's `aud` is tested
 * with StringEquals. A role is made only where `repo` is set.
 */
export const philipsLabs: string = `
variable "openid_connect_provider_arn" {}
variable "repo" { default = null }
variable "role_name" { default = null }
variable "role_path" { default = "/github-actions/" }
variable "role_permissions_boundary" { default = null }
variable "role_policy_arns" { default = [] }
variable "role_max_session_duration" { default = null }
variable "default_conditions" { default = ["allow_main", "deny_pull_request"] }
variable "conditions" { default = [] }
variable "github_environments" { default = ["*"] }
variable "github_oidc_issuer" { default = "token.actions.githubusercontent.com" }
variable "repo_mainline_branch" { default = "main" }
variable "account_ids" { default = [] }
variable "custom_principal_arns" { default = [] }
locals {
  sub        = "\${var.github_oidc_issuer}:sub"
  principals = concat([for id in var.account_ids : "arn:aws:iam::\${id}:root"], var.custom_principal_arns)
  conditions = concat(
    contains(var.default_conditions, "allow_main") ? [{ test = "StringLike", variable = local.sub, values = ["repo:\${var.repo}:ref:refs/heads/\${var.repo_mainline_branch}"] }] : [],
    contains(var.default_conditions, "allow_environment") ? [{ test = "StringLike", variable = local.sub, values = [for name in var.github_environments : "repo:\${var.repo}:environment:\${name}"] }] : [],
    contains(var.default_conditions, "allow_all") ? [{ test = "StringLike", variable = local.sub, values = ["repo:\${var.repo}:*"] }] : [],
    contains(var.default_conditions, "deny_pull_request") ? [{ test = "StringNotLike", variable = local.sub, values = ["repo:\${var.repo}:pull_request"] }] : [],
    var.conditions,
  )
}
resource "aws_iam_role" "main" {
  count                = var.repo == null ? 0 : 1
  name                 = var.role_name
  path                 = var.role_path
  permissions_boundary = var.role_permissions_boundary
  max_session_duration = var.role_max_session_duration
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = length(local.principals) > 0 ? [1] : []
    content {
      actions = ["sts:AssumeRole"]
      principals {
        type        = "AWS"
        identifiers = local.principals
      }
    }
  }
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.openid_connect_provider_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "\${var.github_oidc_issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }
    dynamic "condition" {
      for_each = local.conditions
      content {
        test     = condition.value.test
        variable = condition.value.variable
        values   = condition.value.values
      }
    }
  }
}
resource "aws_iam_role_policy_attachment" "custom" {
  for_each   = toset(var.role_policy_arns)
  role       = aws_iam_role.main[0].name
  policy_arn = each.value
}
`;
