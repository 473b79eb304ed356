#%% alone
${{ inputs.command }}
#%% as name, argument and part
${{ inputs.command }} arg ${{ x }} --flag=${{ y }} pre-${{ z }}-post
#%% quoted
echo "${{ x }}" '${{ y }}' "a ${{ z }} b"
#%% hard to close
echo ${{ format('{0}}}', github.sha) }} ${{ 'it''s }}' }}
#%% over lines
echo ${{
  github.event_name == 'push'
    && 'a' || 'b'
}} tail
#%% not closed
echo ${{ github.sha
aws s3 ls
#%% in a comment
# ${{ secrets.A }}
aws x # ${{ b }}
#%% in conditions
if ${{ a }}; then b; fi
[[ ${{ c }} == "true" ]] && (( ${{ d }} > 1 ))
#%% in loops and cases
for x in ${{ a }} ${{ b }}; do c; done
case ${{ d }} in ${{ e }}) f ;; esac
#%% in a substitution
A=$(cmd ${{ b }}) B=`cmd2 ${{ c }}`
#%% side by side
echo ${{ a }}${{ b }} $C${{ d }} ${{ e }}:${{ f }}
#%% escaped dollar
echo \${{ a }} $${{ b }} $ ${{ c }}
#%% as target
echo x >> ${{ github.env }}
#%% empty
echo ${{}} x
