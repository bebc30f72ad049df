# language: zh-CN
@uninsured
功能: uninsured
