variable "list" { default = ["a", "b"] }
variable "anything" {}
locals {
  owner = upper("acme")
  joined = join(",", concat(var.list, ["c"]))
  cond   = length(var.list) > 1 && !contains(var.list, "z") ? "many" : "few"
  object = merge({ a = 1 }, { "b" = 2 })
  nested = { x = { y = ["zero", "one"] } }
}
resource "aws_iam_role" "f" {
  name = "${lower(local.owner)}-${local.joined}-${local.cond}-${local.object.b}-${local.nested["x"].y[1]}"
  assume_role_policy = jsonencode({
    Statement = [
      for i, name in var.list : {
        Effect    = "Allow"
        Sid       = "S${i + 1}"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = { StringLike = { (local.owner) = flatten([["repo:acme/${name}:*"], []]) } }
      } if name != "b"
    ]
  })
  managed_policy_arns = compact(["", "arn:aws:iam::aws:policy/ReadOnlyAccess", null])
}
resource "aws_iam_role" "unknown_functions" {
  name               = regex("a", "b")
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = var.anything, Action = timestamp(), Resource = cidrsubnet("10.0.0.0/8", 8, 1) }] })
}
resource "aws_iam_role" "directives" {
  name               = "a%{ if true }b%{ endif }c"
  assume_role_policy = <<EOT
{"Version": "2012-10-17",
 "Statement": [{"Effect": "Allow", "Resource": ${jsonencode(var.list)}, "Action": "s3:$${x}"
 %{ if var.anything }, "Sid": "x" %{ endif }}]}
EOT
}
resource "aws_iam_role" "unicode" {
  name               = "\u00e9\t\"q\" 😀"
  assume_role_policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Sid": "é😀", "Action": "sts:AssumeRole",
      "Principal": {"AWS": "${var.anything}"}}]}
  EOT
}
resource "aws_iam_role" "wrong_type" {
  assume_role_policy = { Statement = [] }
}
resource "aws_iam_role" "none" {
  count = 0
  assume_role_policy = ""
}
resource "aws_iam_role" "two" {
  count              = 2
  name               = "two-${count.index}"
  assume_role_policy = jsonencode({ Statement = [] })
}
