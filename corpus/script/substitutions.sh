#%% command substitution
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
#%% quoted and nested
echo "a $(cmd1 "$(cmd2 "x y")" z) b" $(cmd3)$(cmd4)
#%% backquotes
echo `aws s3 ls` "`cmd \`inner x\` y`"
#%% process substitution
diff <(sort a) <(sort b); cmd > >(tee log) 2> >(tee err >&2)
#%% file substitution
KEY=$(< key.pem) && echo $(<other)
#%% lines inside
X=$(
  aws one |
    jq .x
  aws two
)
#%% case inside
X=$(case $Y in a) echo 1 ;; (b) echo 2 ;; esac)
#%% subshell at once
echo $((cmd1) | cmd2) $( (cmd3) )
#%% comment inside
X=$(cmd # it's a ) comment
)
#%% in a test
if [ -z "$(aws s3 ls)" ] || [[ $(cmd) == x ]]; then echo; fi
