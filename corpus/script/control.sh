#%% if
if a; b; then
  c
elif d; then e
else
  f
fi
#%% if without separators
if (a) then b; fi
if { c; } then d; fi
#%% while and until
while a; b; do c; done
until d
do
  e
done
#%% for
for region in us-east-1 "$OTHER" $(list); do
  aws --region "$region" x
done
for arg; do y; done
#%% for over lines
for f in \
  a.json \
  b.json; do
  cp $f x
done
#%% arithmetic for
for ((i = 0; i < ${#A[@]}; i++)); do
  echo $i
done
for (( ; ; )) { break; }
#%% case
case "$GITHUB_REF" in
  refs/heads/main | "refs/heads/rel ease") ENV=prod ;;
  refs/tags/*) deploy && tag ;&
  (*[!0-9]*) other ;;&
  *) exit 1
esac
#%% case in a loop
for x in a; do case $x in a) b;; esac; done
#%% select
select x in a b; do echo $x; done
#%% functions
deploy() {
  local name=$1
  aws deploy "$name"
}
function with-dash { a; }
function both() { b; }
newline()
{
  c
}
deploy prod || exit 1
#%% function in a subshell
f() ( cd x; g )
#%% trap, eval and set
set -euo pipefail
trap 'rm -rf "$TMP"' EXIT
eval "aws $CMD"
bash -c 'aws s3 ls'
#%% tests
[ -n "$A" ] && [ "$B" = c -a ! -f d ]
[[ -z $C || ( $D != e* && $F =~ ^(x|y)[0-9]+$ ) ]] || exit 1
test -d g
#%% test over lines
if [[ "$A" == x &&
      "$B" == y ]]; then c; fi
