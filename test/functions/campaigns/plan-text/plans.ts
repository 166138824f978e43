// Plans of places that do not exist, in the forms in which real ones come.

/** Ten months without their digits: the order gives them. */
export const digitsLost = `学雷锋志愿服务活动从3月初持续到12月底
● 月份：学雷锋志愿服务启动仪式
● 月份：创文明树新风
● 月份：送货上门
● 月份：公交站大清洁
● 月份：送法律
● 月份：巾帼奉献
● 月份：注册志愿者宣传
● 月份：义诊
● 月份：反诈宣传
● 月份：全面总结
`;

/** Sections, activities with labels, personal data, a goal, a meeting. */
export const labelled = `红星街道2024年学雷锋活动方案

一、活动主题
红星有约，雷锋同行

二、活动时间
2024年3月1日至3月31日

三、活动内容
（一）召开动员会
时间：3月1日（星期五）上午9:00
责任单位：街道党建办
（二）开展“暖心敲门”志愿服务活动
时间：3月5日
牵头单位：街道民政办
配合单位：各社区、红星医院
参与人员：党员志愿者和社区干部
每个社区至少走访20户。
（三）绿色家园清洁行动
组织青年志愿者清理楼道杂物。
联系人：张小强 13912345678

四、活动要求
1、加强领导。
2、注重宣传。
`;

/** A year by months, one line each, and none for one of them. */
export const byMonth = `向阳社区2025年志愿服务工作安排
1月：迎新春送春联活动。由社区文化站牵头，各居民小组配合。
2月：“情暖夕阳”走访慰问。责任单位：社区民政专干岗
3月：学雷锋志愿服务月系列活动
7月至8月：暑期青少年托管
12月：志愿者表彰大会
`;

/** As an office's table arrives when it is copied: tabs between the cells. */
export const table = `序号	时间	活动主题	责任单位	联系人	联系电话
1	3月5日	便民服务集市	社区居委会	李大勇	13800002222
2	4月上旬	文明祭扫宣传	社区党委	王小芳	0531-81234567
3	5.12	防灾减灾演练	物业公司	赵六	13900003333
`;

/** The same table with a cell in each line. */
export const cellsInLines = `序号
时间
活动主题
责任单位
1
3月5日
便民服务集市
社区居委会
2
4月
文明祭扫宣传
社区党委
`;

/** No line breaks, headings run into their text. */
export const unbroken =
  '阳光社区学雷锋活动方案一、活动主题弘扬雷锋精神二、活动时间2023年3月三、活动内容（一）“邻里互助”志愿服务活动组织党员志愿者上门为空巢老人打扫卫生、理发、量血压，了解老人需要什么，并登记造册。（二）“清洁家园”志愿服务活动广泛发动居民清理楼道杂物、小广告和绿化带里的垃圾，争取让小区面貌一新。四、活动要求各小组要高度重视，认真组织，及时上报活动照片和总结材料，做到活动有计划、有记录、有总结。';

/** Traditional characters, years of the Republic. */
export const traditional = `幸福社區志工隊107年度服務計畫
一、主辦單位：幸福社區發展協會
二、活動內容：
（一）社區清潔日：107年3月10日上午8時，由環保志工隊負責。
（二）獨居長者關懷：每週三，由關懷據點負責。
（三）重陽敬老活動：農曆九月初九
`;

/** Days in running sentences. */
export const running = `为迎接第61个学雷锋纪念日，街道决定3月份开展系列志愿服务活动。3月4日上午，组织党员志愿者在中心广场开展便民服务活动；3月6日，青年志愿者到敬老院开展“情暖老人”慰问活动；12日，机关干部开展义务植树活动。
`;

/** Spaces of a recognised scan. */
export const scanned =
  '- 1 - 2022 年“学 雷 锋志愿服务月 ”活 动方案 一、活动主 题 弘扬雷 锋精神 二、活动时间 2022 年 3 月 三、活动内 容 (一)开展“暖 心敲门”活动 组织党 员志愿者走访老 人。 活动时间:3 月 5 日 (二)开展文明交通志愿服务活动 在路口开 展劝导。 活动时间:3 月 12 日 - 2 -';

/** Deadlines, several months, a lunar day, a service without a month. */
export const deadlines = `一、整理社区图书室。（5月底前完成）
二、6-7月开展“书香邻里”读书活动
三、农历九月初九开展敬老活动
四、定期组织义务巡逻，每周两次。
五、2-4名志愿者值守便民点，10月、11月各一次开展便民服务活动
`;

/** A novel. */
export const novel = `那天傍晚，他沿着河边慢慢走，想起许多年前的事。水面很静，远处有人唱歌。
他停下来，听了很久，直到天完全黑下来，才转身回家。
`;
