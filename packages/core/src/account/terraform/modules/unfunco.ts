/** What both generations of `unfunco/oidc-github/aws` have in common. */
const common: string = `
variable "enabled" { default = true }
variable "create" { default = true }
variable "iam_role_path" { default = "/" }
variable "iam_role_permissions_boundary" { default = null }
variable "iam_role_policy_arns" { default = [] }
variable "iam_role_inline_policies" { default = {} }
variable "max_session_duration" { default = 3600 }
variable "create_oidc_provider" { default = true }
variable "additional_thumbprints" { default = [] }
variable "additional_audiences" { default = [] }
variable "enterprise_slug" { default = "" }
locals {
  url = var.enterprise_slug == "" ? "token.actions.githubusercontent.com" : "token.actions.githubusercontent.com/\${var.enterprise_slug}"
}
resource "aws_iam_role" "github" {
  count                = var.enabled && var.create ? 1 : 0
  name                 = var.iam_role_name
  path                 = var.iam_role_path
  max_session_duration = var.max_session_duration
  permissions_boundary = var.iam_role_permissions_boundary == "" ? null : var.iam_role_permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume_role.json
}
resource "aws_iam_role_policy_attachment" "custom" {
  for_each   = toset(var.iam_role_policy_arns)
  role       = aws_iam_role.github[0].id
  policy_arn = each.value
}
resource "aws_iam_role_policy" "inline" {
  for_each = var.iam_role_inline_policies
  role     = aws_iam_role.github[0].id
  name     = each.key
  policy   = each.value
}
`;

/**
 * `unfunco/oidc-github/aws` 3 (docs in its README and data.tf; read at 3.0.1): `github_subjects`, where
 * a repository without a context gets `ref:refs/heads/main`; always StringLike; `aud` is checked. The
 * provider takes `https://github.com/<owner>` as a client id too. Owners are not known from subjects
 * with holes, so the client ids of the provider are left open.
 */
export const unfunco: string = `
variable "iam_role_name" { default = "github" }
variable "github_subjects" { default = [] }
${common}
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.create_oidc_provider ? 1 : 0
  url            = "https://\${local.url}"
  client_id_list = local.client_ids
}
data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:\${data.aws_partition.this.partition}:iam::\${data.aws_caller_identity.this.account_id}:oidc-provider/\${local.url}"]
    }
    condition {
      test     = "StringLike"
      variable = "\${local.url}:sub"
      values   = [for subject in var.github_subjects : length(split(":", trimprefix(subject, "repo:"))) > 1 ? "repo:\${trimprefix(subject, "repo:")}" : "repo:\${trimprefix(subject, "repo:")}:ref:refs/heads/main"]
    }
    condition {
      test     = "StringEquals"
      variable = "\${local.url}:aud"
      values   = concat(["sts.\${data.aws_partition.this.dns_suffix}"], var.additional_audiences)
    }
  }
}
`;

/**
 * `unfunco/oidc-github/aws` before 3: `github_repositories`, each with `:*` unless it brings a context;
 * 0.x had `github_organisation` beside them, and no condition on `aud`.
 */
export const unfuncoBefore3: string = `
variable "iam_role_name" { default = "github" }
variable "github_repositories" { default = [] }
variable "github_organisation" { default = null }
${common}
resource "aws_iam_openid_connect_provider" "github" {
  count          = var.create_oidc_provider ? 1 : 0
  url            = "https://\${local.url}"
  client_id_list = local.client_ids
}
locals {
  repositories = [for repo in var.github_repositories : var.github_organisation == null ? repo : "\${var.github_organisation}/\${repo}"]
}
data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:\${data.aws_partition.this.partition}:iam::\${data.aws_caller_identity.this.account_id}:oidc-provider/\${local.url}"]
    }
    condition {
      test     = "StringLike"
      variable = "\${local.url}:sub"
      values   = [for repo in local.repositories : length(split(":", repo)) > 1 ? "repo:\${repo}" : "repo:\${repo}:*"]
    }
  }
}
`;
