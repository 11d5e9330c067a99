"""The neighbourhood talk in Tønsberg, summer 2021, told as a finished case.

The facts are those of the published experience report; every sentence here is written for the demo.
The report gives months at most, so the days are examples, as the pages say.
"""
