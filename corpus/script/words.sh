#%% plain
aws s3 cp ./dist s3://bucket/key --recursive --acl=private
#%% quotes
echo a"b c"'d e'"" '' "f"'g'
#%% escapes
echo a\ b \$HOME \"x\" "\$A \"q\" \\ \` \n" 'it\s'
#%% ansi quotes
printf $'a\tb\'c\x41\101\u00e9\n' $"translated $X"
#%% globs and braces
ls *.txt file? [ab]* {a,b}.md v{1..3} {} {a} "*.txt" \*.txt ~/x a~b
#%% unicode
echo é "😀 $A" nbsp is a word
#%% keywords as arguments
echo if then fi do done case esac in { } ! [[ function
#%% brackets as arguments
echo [ ] a] [a
#%% hash in a word
echo a#b '#c' \#d "e # f" $#
#%% tilde and equals
cmd --path=~/x A=b =c d= -e=f
#%% lone dollar
echo $ "$" a$ $% '$A'
