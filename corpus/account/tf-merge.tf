data "aws_iam_policy_document" "base" {
  version = "2008-10-17"
  statement {
    sid       = "A"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::acme/&{aws:username}/*"]
  }
  statement {
    sid         = "B"
    effect      = "Deny"
    not_actions = ["s3:*"]
    not_resources = ["*"]
    not_principals {
      type        = "AWS"
      identifiers = ["111111111111"]
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json, var.more]
  override_policy_documents = [jsonencode({ Statement = { Sid = "A", Effect = "Deny", Action = "s3:*", Resource = "*" } })]
  statement {
    sid     = "C"
    actions = []
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme/a:*"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme/b:*"]
    }
  }
  dynamic "statement" {
    for_each = var.statements
    content { actions = statement.value }
  }
}
resource "aws_iam_role" "merged" {
  name_prefix        = "merged-"
  path               = "/ci/"
  assume_role_policy = data.aws_iam_policy_document.all.json
}
resource "aws_iam_role_policy" "arn" {
  role   = aws_iam_role.merged.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["iam:PassRole"], Resource = aws_iam_role.merged.arn }] })
}
resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  roles      = [aws_iam_role.merged.name, "elsewhere", var.role]
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}
resource "aws_iam_policy" "nobody" {
  name   = "nobody"
  policy = data.aws_iam_policy_document.base.minified_json
}
