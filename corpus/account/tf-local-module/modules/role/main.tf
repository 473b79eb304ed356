variable "name" {}
variable "branch" {}
variable "org" { default = "acme" }
resource "aws_iam_role" "this" {
  name               = "shop-${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.org}/shop:ref:refs/heads/${var.branch}"]
    }
  }
}
