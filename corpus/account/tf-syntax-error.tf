resource "aws_iam_role" "good" {
  name               = "good"
  assume_role_policy = jsonencode({ Statement = [] })
}
resource "aws_iam_role" "bad" {
  name = = "bad"
  assume_role_policy = jsonencode({ Statement = []
}
resource "aws_iam_role" "after" {
  name               = "after"
  assume_role_policy = jsonencode({ Statement = [] })
}
