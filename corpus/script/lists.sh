#%% and or
a && b || c
#%% or and
a || b && c || d
#%% swallowed
aws s3 rm x || true
aws s3 ls || echo "::warning::failed"
aws sts || { echo no; exit 1; }
#%% pipelines
a | b | c
d |& e
#%% pipeline over lines
cat x |
  # comment
  grep y \
  | wc -l &&
  echo z
#%% background
a & b
c &
wait
#%% negated
! a
! b | c && d
if ! e; then f; fi
#%% group in a list
{ a; b; } || { c; d; }
#%% subshell
(cd x && make) && (a; b) &
#%% nested pipelines
{ a | b; c; } | d
#%% timed
time a | b
time -p { c; }
