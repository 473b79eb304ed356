module "v5" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-github-oidc-role"
  version  = "~> 5.0"
  name     = "v5"
  subjects = ["acme/shop:*", "repo:acme/api:ref:refs/heads/main"]
  policies = { S3 = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }
}
module "v6" {
  source             = "terraform-aws-modules/iam/aws//modules/iam-role"
  version            = "6.5.0"
  name               = "v6"
  enable_github_oidc = true
  oidc_wildcard_subjects = ["acme/shop:*"]
}
module "v6_nothing" {
  source             = "git::https://github.com/terraform-aws-modules/terraform-aws-iam.git//modules/iam-role?ref=v6.5.0"
  name               = "v6-nothing"
  use_name_prefix    = false
  enable_github_oidc = true
}
module "v6_saml" {
  source      = "terraform-aws-modules/iam/aws//modules/iam-role"
  name        = "v6-saml"
  enable_saml = true
}
module "unfunco" {
  source          = "unfunco/oidc-github/aws"
  version         = "3.0.1"
  github_subjects = ["acme/shop", "acme/api:environment:prod"]
  iam_role_policy_arns = [aws_iam_policy.x.arn]
}
module "unfunco_old" {
  source              = "unfunco/oidc-github/aws"
  version             = "1.8.1"
  github_repositories = ["acme/shop", "acme/api:ref:refs/heads/main"]
}
module "philips" {
  source                      = "philips-labs/github-oidc/aws"
  openid_connect_provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
  repo                        = "acme/shop"
  role_name                   = "philips"
  default_conditions          = ["deny_pull_request"]
}
module "philips_default" {
  source                      = "git@github.com:philips-labs/terraform-aws-github-oidc.git"
  openid_connect_provider_arn = var.arn
  repo                        = var.repo
}
module "oidc" {
  source       = "terraform-module/github-oidc-provider/aws"
  version      = "~> 2"
  repositories = ["acme/*", "acme/shop:environment:prod"]
}
module "other" {
  source = "app.terraform.io/acme/roles/aws"
}
variable "repo" { default = "acme/shop" }
variable "arn" {}
