/**
 * `terraform-module/github-oidc-provider/aws` (its main.tf, read at 2026-08): `repositories`, each with
 * `:*` unless it brings a context; StringLike, and no condition on `aud`.
 */
export const terraformModule: string = `
variable "create_oidc_provider" { default = true }
variable "oidc_provider_arn" { default = null }
variable "create_oidc_role" { default = true }
variable "github_thumbprint" { default = "6938fd4d98bab03faadb97b34396831e3780aea1" }
variable "repositories" { default = [] }
variable "max_session_duration" { default = 3600 }
variable "oidc_role_attach_policies" { default = [] }
variable "role_name" { default = "github-oidc-provider-aws" }
variable "iam_role_path" { default = null }
variable "iam_role_permissions_boundary" { default = null }
resource "aws_iam_openid_connect_provider" "this" {
  count           = var.create_oidc_provider ? 1 : 0
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = [var.github_thumbprint]
}
resource "aws_iam_role" "this" {
  count                = var.create_oidc_role ? 1 : 0
  name                 = var.role_name
  path                 = var.iam_role_path
  max_session_duration = var.max_session_duration
  permissions_boundary = var.iam_role_permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.this.json
}
data "aws_iam_policy_document" "this" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.create_oidc_provider ? aws_iam_openid_connect_provider.this[0].arn : var.oidc_provider_arn]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [for repo in var.repositories : length(split(":", repo)) > 1 ? "repo:\${repo}" : "repo:\${repo}:*"]
    }
  }
}
resource "aws_iam_role_policy_attachment" "attach" {
  for_each   = toset(var.oidc_role_attach_policies)
  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}
`;
