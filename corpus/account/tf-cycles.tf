locals {
  a = local.b
  b = "x${local.a}"
  c = [for x in local.c : x]
}
data "aws_iam_policy_document" "one" {
  source_policy_documents = [data.aws_iam_policy_document.two.json]
}
data "aws_iam_policy_document" "two" {
  source_policy_documents = [data.aws_iam_policy_document.one.json]
  statement { actions = ["s3:*"] }
}
resource "aws_iam_role" "x" {
  name               = local.a
  assume_role_policy = data.aws_iam_policy_document.one.json
  permissions_boundary = aws_iam_policy.p.arn
}
resource "aws_iam_policy" "p" {
  name   = aws_iam_policy.q.name
  policy = local.c
}
resource "aws_iam_policy" "q" {
  name   = aws_iam_policy.p.name
  policy = ""
}
