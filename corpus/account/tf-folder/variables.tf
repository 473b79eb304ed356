variable "org" {
  type    = string
  default = "acme"
}
variable "repo" { type = string }
variable "prefix" {
  type        = string
  default     = "shop"
}
variable "create" {
  type    = bool
  default = false
}
