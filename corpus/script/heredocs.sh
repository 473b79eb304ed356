#%% expanded
cat > ~/.aws/credentials <<EOF
[default]
aws_access_key_id = $KEY
aws_secret_access_key = ${{ secrets.AWS_SECRET }}
session = $(cmd "a b") `bq` \$literal "it's" ${X:-y}
EOF
echo after
#%% quoted
cat <<'EOF'
$A $(b) \$c ${{ d }}
EOF
cat <<"E F"
x
E F
cat <<\EOF
$y
EOF
#%% tabs stripped
	cat <<-EOF
		two $A
	one
	EOF
#%% two on a line
cmd <<A - <<'B'
in $A
A
in $B
B
#%% command goes on behind it
cat <<EOF | sudo tee /etc/x > /dev/null && echo done || exit 1
x
EOF
#%% semicolon behind it
cat <<EOF; echo next
x
EOF
#%% in a substitution
X=$(cat <<EOF
a) ' " $B
EOF
)
echo "$X"
#%% in a quoted substitution
echo "$(cat <<'EOF'
it's ")
EOF
)" tail
#%% in a group and a loop
while read -r LINE; do
  cat <<EOF
$LINE
EOF
done <<LIST
a
LIST
#%% in a function on one line
f() { cat <<EOF; }
x
EOF
f
#%% here-strings
jq . <<< "$JSON"; cmd <<<word > out; cmd > out <<< 'a b'
#%% descriptor
cmd 3<<EOF 2>&1
x
EOF
#%% continued line
cat <<EOF && \
  echo b
x
EOF
#%% pending while a substitution has lines
cat <<EOF "$(cmd1
cmd2)"
body
EOF
#%% closed by parenthesis
X=$(cat <<EOF
body
EOF)
echo after
#%% expressions only
python3 - <<'PY'
print("${{ inputs.a }}", '${{ format('{0}}}', 'x') }}')
PY
#%% commands of a body
bash <<EOF
aws s3 ls $(cat list | head -1)
EOF
#%% empty
: <<EOF
EOF
#%% never ended
cat <<EOF
aws hidden
#%% ended with blanks
if true; then
  cat <<EOF
  text
  EOF
fi
aws after
