resource "aws_iam_role" "this" {
  name               = "github"
  assume_role_policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": ["repo:acme/shop:*", "repo:initech/*:*"] } }
        }
      ]
    }
  EOT
}
