variable "repo" {
  default = "acme/shop"
}

variable "openid_connect_provider_arn" {
  type = string
}

locals {
  variable_sub = "token.actions.githubusercontent.com:sub"
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.openid_connect_provider_arn]
    }
    condition {
      test     = "StringNotLike"
      variable = local.variable_sub
      values   = ["repo:${var.repo}:pull_request"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "main" {
  assume_role_policy = data.aws_iam_policy_document.assume.json
}
