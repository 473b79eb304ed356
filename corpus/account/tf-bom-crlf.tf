resource "aws_iam_role" "bom" {
  name = "bom"
  assume_role_policy = <<EOF
{"Version": "2012-10-17",
 "Statement": [{"Effect": "Allow"}]}
EOF
}
