module "role" {
  source   = "../modules/role"
  for_each = { dev = "main", prod = "release" }
  name     = each.key
  branch   = each.value
}
module "missing" {
  source = "../modules/missing"
}
