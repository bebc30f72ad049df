# language: zh-CN
@adult
功能: adult
