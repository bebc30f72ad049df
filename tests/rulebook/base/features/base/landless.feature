# language: zh-CN
@landless
功能: landless
