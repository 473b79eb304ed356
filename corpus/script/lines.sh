#%% continuation
aws s3 \
  cp a \
  b
#%% continuation within a word
foo\
bar "a\
b" c
#%% continuation and comment
aws s3 ls \
  # not an argument
  cp
#%% comments
#!/bin/bash
# it's "unbalanced
aws x # $(not run)
  # indented
#%% blank lines and semicolons

a;

b ; c

#%% nothing
#%% only comments
# a
