#%% operators
cmd > a >> b 2> c &> d &>> e >| f < g <> h >&2 2>&1 1>&- 3<&0
#%% anywhere
> out cmd a 2>&1 b
#%% words behind the target
cmd > out arg1 --flag 2>&1 arg2
#%% github files
echo "A=b" >> $GITHUB_ENV
echo "C=d" >> "${GITHUB_OUTPUT}"
echo x >>"$GITHUB_PATH"
#%% only a redirect
> empty.txt
: > also
#%% binds to the last of a list
a && b > out; c | d >> log || e 2> err
#%% group
{
  echo A=1
  echo B=2
} >> "$GITHUB_ENV"
#%% compound commands
if a; then b; fi > out
for x in 1 2; do c; done 2>&1 | d
while e; do f; done < in
(g) > sub
#%% function body
f() { a; } > log
#%% named descriptor
exec {FD}> lock
#%% exec
exec > >(tee -a log) 2>&1
