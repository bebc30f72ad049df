# language: zh-CN
@late
功能: late
