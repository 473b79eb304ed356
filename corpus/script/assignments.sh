#%% script variables
A=b
C="d $E" F='g' H=
#%% before a command
A=b C="d" aws s3 ls
#%% append and elements
A+=b B[1]=c B[$I]+=d
#%% arrays
A=(one "two three" $FOUR $(five) # comment
  [6]=seven)
A+=(eight)
#%% export
export A=b C="$D" E F="$(cmd)"
export "G=h $I"
export -n J
#%% declare
declare -x A=1
declare -r B=2
readonly C=3
declare -A M=([a]=b)
typeset D
declare -p E
#%% local
f() { local A=1 B; declare C=2; declare -g D=3; }
#%% export of an expression
export A=${{ secrets.A }} ${{ matrix.name }}=x
${{ matrix.name }}=y
#%% default assignment
: "${A:=b}"
#%% input
read -r A B <<< "$C"; read -p 'x: ' D; mapfile -t LINES < f; printf -v E '%s' x
while IFS= read -r LINE; do :; done
#%% env and sudo
env A=b -u C aws s3 ls
sudo -E A=b aws s3 ls
#%% glob in a value
A=*.txt B=~/x C={a,b}
#%% status of a substitution
A=$(x) || exit 1
! B=$(y)
