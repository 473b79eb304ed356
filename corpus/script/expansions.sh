#%% plain variables
echo $A ${B} "$C" "${D}e" $1 $@ "$*" $? $# $$ $! $-
#%% operators
echo ${A:-b} ${A:=b} ${A:?err} ${A:+b} ${A-b} ${A=c} ${A#x} ${A##x*/} ${A%.*} ${A%%.*}
#%% more operators
echo ${A/b/c} ${A//b/c} ${A/#b/c} ${A/%b/c} ${A^} ${A^^} ${A,} ${A,,} ${A@Q} ${A:1} ${A:1:2}
#%% length and indirection
echo ${#A} ${!B} ${#A[@]} ${!A[@]} ${#} ${!A*} ${#-x}
#%% arrays
echo ${A[0]} "${A[@]}" ${A[$I]} ${A[*]:1:2}
#%% nested defaults
echo "${A:-${B:-$C}}" ${A:-$(cmd x)} "${A:-"q r"}" "${A:-it's}" ${A:-'it}s'}
#%% default from an expression
echo "${REGION:-${{ vars.REGION }}}"
#%% arithmetic
echo $((A + 1)) $(( $B * ${C} )) $((10#$D)) $((E << 2)) "$((F[1]))"
#%% arithmetic command
(( COUNT += $(cmd) )) && echo $COUNT
#%% name in a name
echo ${MY_${{ matrix.name }}_VAR} "$A${{ x }}"
