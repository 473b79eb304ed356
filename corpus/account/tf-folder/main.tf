terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  url      = "https://token.actions.githubusercontent.com"
  host     = replace(local.url, "https://", "")
  branches = ["main", "release"]
  subjects = [for b in local.branches : format("repo:%s/%s:ref:refs/heads/%s", var.org, var.repo, b)]
}

resource "aws_iam_openid_connect_provider" "github" {
  url             = local.url
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "GitHub"
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${aws_iam_openid_connect_provider.github.url}:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "${local.host}:sub"
      values   = local.subjects
    }
  }
  dynamic "statement" {
    for_each = toset(["222222222222"])
    content {
      actions = ["sts:AssumeRole"]
      principals {
        type        = "AWS"
        identifiers = ["arn:aws:iam::${statement.value}:root"]
      }
    }
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "${var.prefix}-deploy"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
  permissions_boundary = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/boundary"
  managed_policy_arns  = ["arn:aws:iam::aws:policy/ReadOnlyAccess", aws_iam_policy.push.arn]
  inline_policy {
    name   = "inline"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "${aws_s3_bucket.assets.arn}/*" }] })
  }
}

resource "aws_s3_bucket" "assets" { bucket = "acme-assets" }

resource "aws_iam_policy" "push" {
  name   = "push"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": "ecr:PutImage", "Resource": "arn:${data.aws_partition.current.partition}:ecr:*:*:repository/${var.repo}" }
      ]
    }
  JSON
}

resource "aws_iam_role" "env" {
  for_each = toset(["dev", "prod"])
  name     = "shop-${each.key}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = {
          "${local.host}:sub" = "repo:${var.org}/${var.repo}:environment:${each.value}"
          "${local.host}:aud" : "sts.amazonaws.com"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "env" {
  for_each = aws_iam_role.env
  role     = each.value.name
  policy   = "{}"
}

resource "aws_iam_role_policy" "prod" {
  name   = "prod"
  role   = aws_iam_role.env["prod"].id
  policy = file("${path.module}/prod.json")
}

resource "aws_iam_role_policy_attachment" "push" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.push.arn
}

resource "aws_iam_role" "unknown" {
  count              = var.create ? 1 : 0
  assume_role_policy = templatefile("${path.module}/trust.tpl", {})
}
