"""Every word, colour and number format that people read, in Chinese and English, once.

`states` has the words of legal states and their colours, `titles` the titles that a rulebook gives its codes, `values`
legal values and areas, `facts` facts as ranges.
"""
