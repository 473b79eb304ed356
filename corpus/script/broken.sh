#%% missing fi
aws one
if true; then
aws two
#%% stray fi
aws one
fi
aws two
#%% open double quote
aws one
echo "open
aws two
#%% open substitution
X=$(aws one
aws two
#%% test without blank
if [[ "$A" == "true"]]; then
  aws one
fi
aws two
#%% stray parenthesis
if true; then
  aws one )
  aws two
fi
aws three
#%% doubled operator
aws one
a && && b
aws two
#%% error in one of many statements
aws one
for x in a; do
  aws two
done done
aws three
f() {
  aws four
}
#%% case without esac
aws one
case $x in
  a) aws two ;;
